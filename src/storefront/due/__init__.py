"""What is to be done next: updates, reviews to ask for, answers that are owed, and what runs out or opens by itself."""

from storefront.due.collect import collect as collect
from storefront.due.tasks import Due as Due
from storefront.due.tasks import Kind as Kind
from storefront.due.tasks import Task as Task
