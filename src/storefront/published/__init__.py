"""A published site compared with its list of digests, `SHA256SUMS`: a folder, or the answers at an address."""

from storefront.published.comparing import Compared, in_folder, of_site
from storefront.published.fetching import Asking, Refused

__all__ = ["Asking", "Compared", "Refused", "in_folder", "of_site"]
