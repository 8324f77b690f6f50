"""Taking in many articles: readers for each format, analysis by several, one writer."""
