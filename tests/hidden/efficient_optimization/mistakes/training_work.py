"""Wrong implementations of training_work."""

from grader import mistake


@mistake(
    "M1",
    hint="What happens to the last two examples?",
    relation="the steps of the smaller batches are missing",
)
def drops_the_partial_batch(n_examples, batch_size, n_epochs, check_every):
    """The student counts full batches only."""
    _check(n_examples, batch_size, n_epochs, check_every)
    steps = n_epochs * (n_examples // batch_size)
    return steps, n_epochs * n_examples, n_examples * (1 + steps // check_every)


@mistake(
    "M2",
    hint="To know the loss, how many examples must be read?",
    relation="the losses are batch size / n times right",
)
def computes_the_loss_of_a_batch(n_examples, batch_size, n_epochs, check_every):
    """The student thinks that a check reads the batch at hand."""
    _check(n_examples, batch_size, n_epochs, check_every)
    steps = n_epochs * -(-n_examples // batch_size)
    return steps, n_epochs * n_examples, batch_size * (1 + steps // check_every)


@mistake(
    "M3",
    hint="The last batch of 10 examples with batch size 4 has how many?",
    relation="the gradients are steps times batch size",
)
def takes_all_batches_for_full(n_examples, batch_size, n_epochs, check_every):
    """The student multiplies steps and batch size."""
    _check(n_examples, batch_size, n_epochs, check_every)
    steps = n_epochs * -(-n_examples // batch_size)
    return steps, steps * batch_size, n_examples * (1 + steps // check_every)


@mistake(
    "M4",
    hint="Can you take half a step?",
    relation="floats, fractions where something does not divide",
)
def divides_to_fractions(n_examples, batch_size, n_epochs, check_every):
    """The student divides with a single slash."""
    _check(n_examples, batch_size, n_epochs, check_every)
    steps = n_epochs * n_examples / batch_size
    return steps, n_epochs * n_examples, n_examples * (1 + steps / check_every)


@mistake(
    "M5",
    hint="Try a batch size of -2.",
    relation="right for valid arguments; a negative batch size is no error",
)
def refuses_a_batch_size_of_0_only(n_examples, batch_size, n_epochs, check_every):
    """The student prevents a division by 0."""
    check_range(">= 1", n_examples=n_examples, check_every=check_every)
    check_range(">= 0", n_epochs=n_epochs)
    if batch_size == 0:
        raise ValueError("batch_size is 0")
    steps = n_epochs * -(-n_examples // batch_size)
    return steps, n_epochs * n_examples, n_examples * (1 + steps // check_every)


def _check(n_examples, batch_size, n_epochs, check_every):
    check_range(">= 1", n_examples=n_examples, batch_size=batch_size, check_every=check_every)
    check_range(">= 0", n_epochs=n_epochs)
