"""The window: everything a principal sees and clicks.

The only room, with `app` and `tasks`, that knows Qt; reaches the book and files through services alone.
"""
