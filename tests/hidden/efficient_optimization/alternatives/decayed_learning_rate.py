"""Right implementations of decayed_learning_rate, other than the reference."""


def with_one_fraction(initial, step, decay_rate, decay_steps=1):
    """Multiply numerator and denominator by decay_steps."""
    if initial <= 0:
        raise ValueError("initial must be positive")
    if step < 0:
        raise ValueError("step must not be negative")
    if decay_rate < 0:
        raise ValueError("decay_rate must not be negative")
    if decay_steps < 1:
        raise ValueError("decay_steps must be at least 1")
    return float(initial) * decay_steps / (decay_steps + decay_rate * step)


def with_names_for_the_parts(initial, step, decay_rate, decay_steps=1):
    """Name time and slowing-down."""
    check_range("> 0", initial=initial)
    check_range(">= 0", step=step)
    check_range(">= 0", decay_rate=decay_rate)
    check_range(">= 1", decay_steps=decay_steps)
    time = step / decay_steps
    slower = 1.0 + decay_rate * time
    return float(initial * (1.0 / slower))
