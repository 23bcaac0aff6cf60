"""What templates receive: plain, complete, finished data, and nothing else.

A template gets five names: `page` (a `Page`), `chrome` (a `Chrome`), `t` (the fixed words of
the page's language, one attribute each), `view` (the struct named in the page's own module,
such as `VanityView`) and pure filters. Text fields are escaped by the template; fields of
type `Html` are markup made by this program and go out as they are.

Outbound shop links reach a template only as `Html` that holds the badge and the anchor
together, so that no theme can show one without the other.
"""

from storefront.pages.views.base import Html as Html
from storefront.pages.views.base import View as View
from storefront.pages.views.campaigns import CampaignEntry as CampaignEntry
from storefront.pages.views.campaigns import CampaignGroup as CampaignGroup
from storefront.pages.views.campaigns import CampaignView as CampaignView
from storefront.pages.views.community import CommunityView as CommunityView
from storefront.pages.views.community import Entry as Entry
from storefront.pages.views.community import EntryGroup as EntryGroup
from storefront.pages.views.community import SharedView as SharedView
from storefront.pages.views.community import ThanksGroup as ThanksGroup
from storefront.pages.views.frame import Alternate as Alternate
from storefront.pages.views.frame import Chrome as Chrome
from storefront.pages.views.frame import OpenGraph as OpenGraph
from storefront.pages.views.frame import Page as Page
from storefront.pages.views.frame import Recall as Recall
from storefront.pages.views.frame import Sheet as Sheet
from storefront.pages.views.frame import Statement as Statement
from storefront.pages.views.imported import Imported as Imported
from storefront.pages.views.imported import ImportedReview as ImportedReview
from storefront.pages.views.imported import Withheld as Withheld
from storefront.pages.views.mentions import MentionsView as MentionsView
from storefront.pages.views.mentions import Said as Said
from storefront.pages.views.mentions import SaidGroup as SaidGroup
from storefront.pages.views.pages import BrandView as BrandView
from storefront.pages.views.pages import CategoryView as CategoryView
from storefront.pages.views.pages import EmbedView as EmbedView
from storefront.pages.views.pages import Explained as Explained
from storefront.pages.views.pages import HomeView as HomeView
from storefront.pages.views.pages import HowView as HowView
from storefront.pages.views.pages import IndexGroup as IndexGroup
from storefront.pages.views.pages import IndexView as IndexView
from storefront.pages.views.pages import ListPageView as ListPageView
from storefront.pages.views.pages import Mention as Mention
from storefront.pages.views.pages import MissingView as MissingView
from storefront.pages.views.pages import MovedView as MovedView
from storefront.pages.views.pages import PersonCard as PersonCard
from storefront.pages.views.pages import PostPageView as PostPageView
from storefront.pages.views.pages import PostsPageView as PostsPageView
from storefront.pages.views.pages import PrintView as PrintView
from storefront.pages.views.pages import ProductReviewsView as ProductReviewsView
from storefront.pages.views.pages import ProductView as ProductView
from storefront.pages.views.pages import Qr as Qr
from storefront.pages.views.pages import Quote as Quote
from storefront.pages.views.pages import Registered as Registered
from storefront.pages.views.pages import ReviewsPageView as ReviewsPageView
from storefront.pages.views.pages import SearchView as SearchView
from storefront.pages.views.pages import SectionView as SectionView
from storefront.pages.views.pages import Store as Store
from storefront.pages.views.pages import VanityView as VanityView
from storefront.pages.views.pages import Verdict as Verdict
from storefront.pages.views.parts import Aggregate as Aggregate
from storefront.pages.views.parts import AnswerBand as AnswerBand
from storefront.pages.views.parts import Answers as Answers
from storefront.pages.views.parts import Aspect as Aspect
from storefront.pages.views.parts import Badge as Badge
from storefront.pages.views.parts import Byline as Byline
from storefront.pages.views.parts import Calibration as Calibration
from storefront.pages.views.parts import Card as Card
from storefront.pages.views.parts import Day as Day
from storefront.pages.views.parts import Embed as Embed
from storefront.pages.views.parts import Fact as Fact
from storefront.pages.views.parts import Filter as Filter
from storefront.pages.views.parts import Filters as Filters
from storefront.pages.views.parts import Fix as Fix
from storefront.pages.views.parts import HistogramBar as HistogramBar
from storefront.pages.views.parts import Link as Link
from storefront.pages.views.parts import ListView as ListView
from storefront.pages.views.parts import Mixed as Mixed
from storefront.pages.views.parts import Pagination as Pagination
from storefront.pages.views.parts import Photo as Photo
from storefront.pages.views.parts import Picture as Picture
from storefront.pages.views.parts import Pin as Pin
from storefront.pages.views.parts import PostTeaser as PostTeaser
from storefront.pages.views.parts import Promo as Promo
from storefront.pages.views.parts import Removed as Removed
from storefront.pages.views.parts import Response as Response
from storefront.pages.views.parts import Retired as Retired
from storefront.pages.views.parts import Review as Review
from storefront.pages.views.parts import Saying as Saying
from storefront.pages.views.parts import Share as Share
from storefront.pages.views.parts import Shop as Shop
from storefront.pages.views.parts import Stars as Stars
from storefront.pages.views.parts import Update as Update
from storefront.pages.views.together import SnippetView as SnippetView
from storefront.pages.views.together import ThanksView as ThanksView
