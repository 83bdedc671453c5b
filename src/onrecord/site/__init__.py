"""Documents → pages: the dataset as files that any web server can serve.

document ── view ──► what a page shows ── templates ──► HTML ── writing ──► a folder

Rendering knows no folder, and writing knows no template: the same pages can be served as they are asked for.
"""
