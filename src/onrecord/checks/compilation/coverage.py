"""What the compiler does not cover, and says so."""


class Uncovered(Exception):
    """Something in a shape that the compiler does not fully understand: the shape is left to pySHACL.

    Never leaves the compiler: it ends as an entry of `Plan.uncovered`.
    """
