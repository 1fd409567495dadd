"""Still lives drawn with Pillow, so that demo listings have pictures of their own."""

from creatorhub.operations.demo_market.drawings.still_life import VIEWS, draw_still_life

__all__ = ["VIEWS", "draw_still_life"]
