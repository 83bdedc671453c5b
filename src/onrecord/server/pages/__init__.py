"""The site of `kg export site`, live: from a folder that is being prepared, and until it is, page by page.

address ── shelf: prepared files ──► file
        └─ job: document ── what names it ──► page │ data │ 303 │ 404 │ 410
"""
