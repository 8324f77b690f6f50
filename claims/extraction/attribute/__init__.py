"""Who stated what: the attributions in a parsed article, and which one a stretch belongs to."""

from .finding import find_attributions
from .nesting import AttributionIndex, attribution_of

__all__ = ["AttributionIndex", "attribution_of", "find_attributions"]
