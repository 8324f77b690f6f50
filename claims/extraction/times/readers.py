"""Which reader reads what each family of the pattern found."""

from __future__ import annotations

from claims.extraction.times.clock import read_clock
from claims.extraction.times.context import Reader
from claims.extraction.times.dates import (
    read_date,
    read_iso,
    read_month,
    read_nine_eleven,
    read_numeric,
    read_of_month,
    read_ordinal_unit,
    read_season,
)
from claims.extraction.times.days import read_day_part, read_near, read_weekday
from claims.extraction.times.feasts import read_holiday
from claims.extraction.times.lengths import (
    read_duration,
    read_each,
    read_ordinal_span,
    read_plural,
    read_span,
)
from claims.extraction.times.relative import (
    read_ago,
    read_relative,
    read_same_of,
    read_the_unit,
    read_then,
    read_unit_of,
    reference,
)
from claims.extraction.times.years import (
    read_century,
    read_decade,
    read_fiscal,
    read_half,
    read_quarter,
    read_year,
    read_years,
)

#: By the names of the families in `patterns.py`.
READERS: dict[str, Reader] = {
    "iso": read_iso,
    "nine_eleven": read_nine_eleven,
    "numeric": read_numeric,
    "clock": read_clock,
    "date": read_date,
    "of_month": read_of_month,
    "fiscal": read_fiscal,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "ordinal_unit": read_ordinal_unit,
    "century": read_century,
    "decade": read_decade,
    "years": read_years,
    "ago": read_ago,
    "same_of": read_same_of,
    "each": read_each,
    "span": read_span,
    "unit_of_rel": read_unit_of,
    "day_part": read_day_part,
    "relative": read_relative,
    "weekday": read_weekday,
    "near": read_near,
    "holiday": read_holiday,
    "month": read_month,
    "year": read_year,
    "duration": read_duration,
    "ordinal_span": read_ordinal_span,
    "plural": read_plural,
    "the_unit": read_the_unit,
    "at_time": reference("PRESENT_REF"),
    "then": read_then,
    "past": reference("PAST_REF"),
    "recent": reference("PAST_REF"),
    "future": reference("FUTURE_REF"),
}
