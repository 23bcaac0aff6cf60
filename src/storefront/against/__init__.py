"""Reviews as they were and as they are: what vanished, lost or gained stars, or was rewritten, against a commit."""

from storefront.against.compare import Compared as Compared
from storefront.against.compare import compare as compare
