package dev.anneal.api;


/** A framework whose code a schedule can be written as. */
public enum Framework {
  /** Keras 3. */
  KERAS("Keras"),
  /** PyTorch. */
  PYTORCH("PyTorch"),
  /** Optax, on JAX. */
  OPTAX("Optax");

  private final String title;

  Framework(String title) {
    this.title = title;
  }

  /**
   * Its name as it writes itself.
   *
   * @return the name
   */
  public String title() {
    return title;
  }
}
