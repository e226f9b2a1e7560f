Models and losses

I did not manage to install Python on the tablet, so I describe my solution in words. A linear
model multiplies each feature by its weight and adds the results; this gives one number, the
prediction. The loss then squares the distance to the truth and adds everything up. The 0-1 loss
counts the mistakes: it's a whole number, so it cannot be differentiated.

For the softmax one divides e^z by the sum of all e^z of the row (not of the column!).

Can I hand in the code on Monday? Thank you.
