package dev.anneal.core.window;

/** Which of a convolution and its gradients. */
public enum Direction {
  /** From images and weights to results. */
  FORWARD,
  /** From the gradient of the results and the weights to that of the images. */
  TO_IMAGES,
  /** From images and the gradient of the results to that of the weights. */
  TO_WEIGHTS
}
