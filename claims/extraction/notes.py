"""
What a line of its own is, when it is not the article's prose: a byline, a caption, a share button.

Each sort has a name, which the coverage map shows as the reason. Patterns are bounded and looked
at on short lines only.
"""

from __future__ import annotations

import re

from claims.extraction.datelines import is_clock_line, is_date_line

#: A longer line is prose, whatever it begins with; keeps every pattern's work bounded.
LONGEST_NOTE = 400

_AGENCIES = (
    r"(?:Reuters|AP|AFP|ANI|PTI|IANS|UPI|UNI|Xinhua|Bloomberg|Associated Press|Agence France-Presse|"
    r"Getty(?: Images)?|EPA(?:-EFE)?|Shutterstock|TASS|Kyodo|Yonhap|DPA|dpa|PA(?: Media| Wire)?|Handout|Alamy|iStock)"
)
_JOB = (
    r"(?:correspondent|reporter|editor|staff|bureau|desk|columnist|writer|journalist|producer|analyst|"
    r"contributor|photographer|agencies)"
)


def _line(pattern: str, flags: int = re.I) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*(?:{pattern})[ \t]*", flags)


_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("separator", _line(r"[^\w\n]{1,80}|_{2,80}|(?:\* ?){3,20}")),
    (
        "credit",
        _line(
            r"\(?(?:sources?:|(?:additional )?(?:reporting|writing|research|editing|photography|graphics) by\b|"
            r"(?:reported|written|edited|compiled|translated) by (?-i:[A-Z])(?=[^\n.]{0,120}\.?$)|"
            r"(?:with )?(?:additional )?inputs? from\b|[–—-]{0,2} ?with (?:reporting|assistance|contributions|files) (?:by|from)\b)"
            r"[^\n]{0,240}|"
            r"[^\n]{0,120}\bcontributed (?:reporting|to this (?:report|story|article|piece))\b[^\n]{0,60}|"
            r"[^\n]{0,60}\b(?:writers?|reporters?|journalists?|correspondents?)\b[^\n]{0,100}\bcontributed\.?|"
            r"this (?:story|article|piece|copy|report)\b[^\n]{0,60}\b(?:generated|auto-generated|syndicated|supplied by|from a syndicated)\b[^\n]{0,160}|"
            r"this (?:story|article|piece|copy)\b[^\n]{0,40}\b(?:published|produced|edited|updated|corrected|amended|appeared|written)\b[^\n]{0,160}|"
            r"[–—-]{1,2} ?[^\n]{1,80} \(@\w{1,30}\)[^\n]{0,40}|"
            rf"[–—-]{{1,2}} ?(?:with )?(?:(?:additional )?(?:inputs?|reporting|material) (?:from|by) )?{_AGENCIES}(?:[,/ ]{{1,3}}{_AGENCIES}){{0,3}}"
        ),
    ),
    (
        "caption",
        _line(
            r"(?:(?:file |ap |representational |representative |handout |press )?(?:photo(?:graph)?s?|image|picture|pic|illustration|graphic|video|media)"
            r"(?: caption| source| credit| courtesy)?(?: by)?|caption|pictured|file|credit)s?[ \t]?[:|][^\n]{0,300}|"
            r"(?:photo|image|picture|illustration|graphic)(?:graph)?s? (?:by|credit|courtesy|source|caption|from)\b[^\n]{0,200}|"
            r"(?:image|media) (?:caption|source|copyright)[ ,:][^\n]{0,240}|"
            r"file (?:photo|picture|image|pic)[^\n]{0,200}|representational (?:image|picture|photo)[^\n]{0,80}|"
            rf"[^\n]{{0,260}}[(\[|/](?:file |ap |afp |reuters )?(?:photo|image|picture|pic|illustration|credit)s?(?: credit)?(?: by)?[ /:][^\n]{{2,80}}[)\]]?|"
            rf"[^\n]{{2,260}}[.)”\"] ?(?:photo|image|picture|photograph|credit|illustration)s?(?: credit| by)?: ?[^\n]{{2,80}}|"
            rf"[^\n]{{2,260}}[^\s.!?”\"] ?[(\[](?:[A-Z][\w. -]{{1,40}}[/,] ?)?{_AGENCIES}(?:/[A-Z][\w. -]{{1,40}})?[)\]]\.?|"
            rf"(?:[A-Z][\w. -]{{1,40}}/)?{_AGENCIES}(?: via {_AGENCIES}|/[A-Z][\w. -]{{1,40}})?"
        ),
    ),
    (
        "newsletter",
        _line(
            r"(?:sign up|subscribe|get (?:the|our|your|all|breaking|more|unlimited)|register|join (?:our|us|the)|receive|download (?:the|our)|"
            r"want (?:more|the)|enter your e-?mail|stay (?:informed|updated|ahead|in the know|connected|on top)|never miss|be the first)\b[^\n]{0,200}"
            r"\b(?:newsletters?|e-?mails?|inbox|alerts?|app|subscribers?|subscriptions?|updates|whatsapp|telegram|channel|sign up|briefing|notifications?)\b[^\n]{0,160}|"
            r"[^\n]{0,120}\b(?:sign up (?:for|to) (?:our|the|a|free|daily)\b[^\n]{0,40}(?:newsletter|alerts?|briefing|emails?)|subscribe (?:now|here|today)|already a subscriber|log in to (?:read|continue)|"
            r"(?:our|free|daily|weekly) (?:free |daily |weekly )?newsletter|straight to your inbox|in your inbox)\b[^\n]{0,160}|"
            r"(?:sign up|subscribe|sign in|log in|register)(?: (?:now|here|today|free|for free))?[.!]?"
        ),
    ),
    (
        "share",
        _line(
            r"(?:please |kindly )?(?:share|tweet|retweet)(?:(?:,| this| on| via| with| the| your| to| by)\b[^\n]{0,120}|:)?|"
            r"(?:follow|find|like|connect with|join) (?:us|me|our|@\w+)\b[^\n]{0,160}|"
            r"(?:follow|find|like|join) [^\n.]{2,60} on (?:x|twitter|facebook|instagram|whatsapp|telegram|linkedin|youtube|tiktok|google news|threads)\b[^\n]{0,80}|"
            r"(?:copy|get) (?:the )?(?:link|url)|(?:link )?copied|print|email|e-mail|save|bookmark|listen|comment|"
            r"(?:whatsapp|facebook|twitter|telegram|linkedin|reddit|pinterest|instagram|x|email|print|flipboard|messenger|copy link)"
            r"(?:[ ,|·•/]{1,3}(?:whatsapp|facebook|twitter|telegram|linkedin|reddit|pinterest|instagram|x|email|print|flipboard|messenger|copy link)){0,9}|"
            r"(?:click|tap) (?:here|to)\b[^\n]{0,160}|add us as a preferred source[^\n]{0,60}|"
            r"(?:write to|contact|e-?mail) [^\n]{2,80} at [\w.-]{1,60}@[\w.-]{1,60}\.?|"
            r"(?:send|tell|write to|e-?mail) us\b[^\n]{0,160}|(?:do you have|got) (?:a|any) (?:story|tip|news)[^\n]{0,160}|"
            r"(?:is|are|have|were) you(?:r family)?\b[^\n]{0,100}\?[^\n]{0,20}(?:send|tell|write|contact|share|get in touch)[^\n]{0,100}"
        ),
    ),
    (
        "advertisement",
        _line(
            r"(?:advert(?:isement|isements)?|sponsored(?: content| by [^\n]{2,40})?|promoted(?: content)?|paid (?:content|post)|"
            r"(?:story|article) continues below(?: this)?(?: ad(?:vertisement)?)?|(?:scroll|continue) (?:down )?(?:to|reading)[^\n]{0,60}|"
            r"skip (?:ad(?:vertisement)?|to [^\n]{2,30})|affiliate links?[^\n]{0,120}|ad)[.:]?"
        ),
    ),
    (
        "cookie",
        _line(
            r"(?=[^\n]{0,400}\bcookies?\b)[^\n]{0,200}\b(?:we|our|you|your|us|this (?:site|website|page))\b[^\n]{0,300}|"
            r"(?:accept|reject|manage|allow)(?: all)?(?: cookies)?|(?:privacy policy|terms of (?:use|service)|cookie policy)(?: [|·•&] [^\n]{2,60})?|"
            r"(?:we|by) (?:value your privacy|and our partners|continuing (?:to (?:use|browse)|you (?:accept|agree)))[^\n]{0,240}|"
            r"(?:please )?enable javascript[^\n]{0,120}"
        ),
    ),
    (
        "rights",
        _line(
            r"(?:©|\(c\) ?(?=\d|(?-i:[A-Z]))|copyright:? (?=©|\(c\)|\d{4}|(?-i:[A-Z])))[^\n]{0,240}|[^\n]{0,120}\ball rights reserved\b[^\n]{0,120}|"
            r"our standards:[^\n]{0,120}|[^\n]{0,60}\b(?:may|must) not be (?:published|reproduced|copied|reprinted)[^\n]{0,200}|"
            r"(?:disclaimer|catch all the)\b[:,]?[^\n]{0,300}|terms and conditions[^\n]{0,60}"
        ),
    ),
    (
        "comments",
        _line(
            r"(?:\d{1,6} comments?|comments?(?: ?\(\d{1,6}\)|:? \d{1,6}| are closed\.?| section)?|(?:leave|post|add|write|view|show|hide|read|join|see) "
            r"(?:a |your |the |all |\d{1,6} )?(?:comments?|reply|conversation|discussion)[^\n]{0,40}|"
            r"(?:be the first to comment|log in to comment|\d{1,6} (?:shares?|likes?|views?|replies|reactions))[^\n]{0,40})"
        ),
    ),
    (
        "tags",
        _line(
            r"(?:tags?|topics?|related topics|more on(?: these topics)?|keywords?|filed under|categor(?:y|ies)|section|in this (?:story|article)|first published(?: in)?)"
            r"(?:[ \t]?[:|][^\n]{0,240})?|(?:#\w{2,40}[ ,]{0,3}){1,20}"
        ),
    ),
    ("link", _line(r"(?:https?://|www\.)\S{1,500}|[\w.-]{1,60}@[\w.-]{1,60}\.\w{2,10}|@\w{2,30}")),
)

_BYLINE = re.compile(
    rf"[ \t]*(?:(?:By|BY|by|From|Story by|Words by)[ :]{{1,2}}[A-Z][^\n.]{{1,100}}(?:\.[^\n.]{{1,40}}){{0,2}}|"
    rf"[A-Z][\w.’'-]{{1,20}}(?: [A-Z][\w.’'-]{{1,20}}){{1,3}}(?:,| [|–—-]|,? in [A-Z]\w{{2,20}}(?:,| [|–—-])?) [^\n.]{{0,50}}\b(?:(?i:{_JOB})|{_AGENCIES})\b[^\n.]{{0,30}}|"
    rf"[A-Z][\w.’'-]{{1,20}}(?: [A-Z][\w.’'-]{{1,20}}){{1,3}} in [A-Z]\w{{2,20}}(?: and [A-Z][^\n.]{{2,60}} in [A-Z]\w{{2,20}})?|"
    rf"(?:[A-Z][\w&’' -]{{0,40}} )?(?i:{_JOB})s?(?:,? (?:in )?[A-Z][\w ,’-]{{1,40}})?|{_AGENCIES}|[Bb]y {_AGENCIES})[ \t]*"
)

_TEASER_HEAD = re.compile(
    r"[ \t]*(?:(?:read|see|watch|listen|explore|view)(?: also| more| next| all)?(?: about| on| from)?(?: [^\n.?!]{2,60})?:|"
    r"(?:also|you (?:may|might) also|more|further|recommended|suggested|must|keep|continue) (?:worth )?(?:read(?:ing|s)?|watch(?:ing)?|like|be interested in)[^\n.]{0,30}|"
    r"(?:related|recommended|trending|popular|latest|top|more|most|other|similar|featured|today[’']s|editors?[’']?s?[’']?)"
    r"(?: (?:popular|top|latest|read|viewed|watched|shared|from|in|on|picks?|news|world|today|this|articles?|stories|story|content|headlines|links?|coverage|reading|videos?|posts?|for you|now|choice|stories:?|[A-Z]\w{2,20})){1,4}:?|"
    r"related(?: to this)?:?|recommended(?: for you)?:?|trending(?: now)?:?|what to read next:?|in case you missed it:?|don[’']t miss:?|you may have missed:?|see also:?|read (?:more|next|also):?)[ \t]*",
    re.I,
)
#: A line that points at another article.
_TEASER = re.compile(
    r"[ \t]*[>»▶►•*-]{0,2}[ \t]?(?:(?:also )?read(?: also| more| next| our| the full)?|see also|must[- ]?(?:read|watch)|related(?: stories| articles?| news| coverage)?|"
    r"watch(?: also| live| video)?|listen|more on this(?: story)?|more|in (?:pics|pictures|photos|numbers|charts)|don[’']t miss|recommended|opinion|"
    r"explained|explainer|exclusive|analysis|podcast|video|live(?: updates)?|photos|gallery|editorial|from the archives?)[ \t]?(?:[|:>»→]|[–—-](?= ))[^\n]{0,300}",
    re.I,
)
_CELL = re.compile(r"\t+|[ \t]*\|[ \t]*|[ \t]{3,}")
_NUMBER = re.compile(
    r"[-+−]?[$€£₹]?\d[\d.,:/]*[%a-zA-Z]{0,3}(?: (?:thousand|million|billion|trillion|lakh|crore|percent))?"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$|[,;:]$")
_INNER_END = re.compile(r"[a-z0-9)][.!?][\"”’)]* (?=[A-Z\"“(])")
_BULLET = re.compile(r"[ \t]*(?:[-*•·–—▪●◦‣]|\(?\d{1,2}[.)])[ \t]+\S")

#: Words in the longest line that is taken for a heading.
LONGEST_HEADING = 18


def sort_of_line(line: str) -> str | None:
    """Return what a line of its own is, None where it may be prose."""
    if len(line) > LONGEST_NOTE or _is_plainly_prose(line):
        return None
    if is_date_line(line):
        return "dateline"
    if is_clock_line(line):
        return "timestamp"
    for reason, pattern in _SORTS:
        if pattern.fullmatch(line) and (reason != "caption" or _is_caption(line)):
            return reason
    if _BYLINE.fullmatch(line):
        return "byline"
    if _TEASER_HEAD.fullmatch(line):
        return "teaser"
    return _list_of(line)


#: Words of which every note that ends as a sentence does has one; prose without them is not looked at.
_HINTS = frozenset(
    [
        "ad", "advertisement", "agencies", "afp", "ani", "ap", "app", "author", "browser", "by", "caption",
        "click", "comment", "comments", "contributed", "cookie", "cookies", "copyright", "correspondent",
        "credit", "disclaimer", "edited", "editing", "email", "facebook", "file", "follow", "getty", "image",
        "inbox", "inputs", "instagram", "javascript", "mail", "newsletter", "newsletters", "photo", "picture",
        "pictured", "pic", "pti", "published", "publisher", "read", "reported", "reporter", "reporting",
        "reuters", "rights", "share", "sign", "source", "sources", "sponsored", "standards", "story",
        "subscribe", "subscriber", "tap", "telegram", "tweet", "twitter", "updated", "us", "video", "whatsapp",
        "written", "www", "x", "youtube",
    ]
)  # fmt: skip
_LETTERS = re.compile(r"[a-z]+")


def _is_plainly_prose(line: str) -> bool:
    """Say whether a line ends as a sentence does and has no word that a note would have."""
    return (
        len(line) > 60
        and line.rstrip()[-1:] in '.!?”"'
        and _HINTS.isdisjoint(_LETTERS.findall(line.lower()))
    )


def _is_caption(line: str) -> bool:
    """Say whether a line that names a picture says little else: a paragraph says more."""
    return len(line) <= 300 and len(_INNER_END.findall(line)) <= 2


def is_teaser(line: str) -> bool:
    """Say whether a whole line points at another article."""
    return bool(_TEASER.fullmatch(line))


def opens_list(line: str) -> bool:
    """Say whether headlines of other articles follow a line."""
    return len(line) <= LONGEST_NOTE and bool(_TEASER_HEAD.fullmatch(line))


def opens_tags(line: str) -> bool:
    """Say whether tags follow a line."""
    return len(line) <= 60 and bool(
        re.fullmatch(r"[ \t]*(?:related )?(?:tags|topics):?[ \t]*", line, re.I)
    )


def is_bullet(line: str) -> bool:
    """Say whether a line is an entry of a list that says something."""
    return bool(_BULLET.match(line)) and len(line.split()) > 4


def may_be_heading(line: str) -> bool:
    """Say whether a line is short and ends like no sentence does."""
    words = line.split()
    if not words or len(words) > LONGEST_HEADING or is_bullet(line):
        return False
    last = line.rstrip()
    if last.endswith(":"):
        return len(words) <= 5
    if _INNER_END.search(last):
        return False
    return not _SENTENCE_END.search(last)


def _list_of(line: str) -> str | None:
    """Return `table` for a row of short cells, `link` or `teaser` for links side by side."""
    cells = [cell for cell in _CELL.split(line.strip()) if cell]
    if len(cells) < 2 or _SENTENCE_END.search(line.rstrip()) or _INNER_END.search(line):
        return None
    longest = max(len(cell.split()) for cell in cells)
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    if "|" in line and not numbers:
        return "link" if longest <= 4 else "teaser"
    is_row = len(cells) > 2 or numbers > 0 or "\t" in line.strip()
    return "table" if longest <= 5 and is_row else None
