"""The account matrix: which customers are key, and which only look it."""

from __future__ import annotations

from srmkit.segmentation.matrix import Matrix

KEY, KEY_DEVELOPMENT, MAINTENANCE, OPPORTUNISTIC = "key", "key development", "maintenance", "opportunistic"


def account_matrix(attractiveness_cut: float = 50.0, strength_cut: float = 50.0) -> Matrix:
    """Cheverton's key account identification and selection matrix (Key Account Management, Kogan Page).

    Axes `strength` (across: ours against the competitors', in the customer's eyes) and `attractiveness` (up: theirs to
    us), both 0 to 100, low to high; some books draw strength from high to low. The class `key` says who qualifies; how
    many are served is decided by capacity, see `srmkit.strategy.select`.

    >>> account_matrix().names
    ('key', 'key development', 'maintenance', 'opportunistic')
    """
    return Matrix(
        "Account matrix",
        x_axis="strength",
        y_axis="attractiveness",
        x_cuts=(strength_cut,),
        y_cuts=(attractiveness_cut,),
        classes=((OPPORTUNISTIC, MAINTENANCE), (KEY_DEVELOPMENT, KEY)),
        names=(KEY, KEY_DEVELOPMENT, MAINTENANCE, OPPORTUNISTIC),
    )
