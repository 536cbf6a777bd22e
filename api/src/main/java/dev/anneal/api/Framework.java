package dev.anneal.api;

import java.util.Arrays;
import java.util.Locale;

/** Another framework: whose form of a formula is meant, or whose code. */
public enum Framework {
  /** Keras 3. */
  KERAS("Keras"),
  /** PyTorch 2. */
  TORCH("PyTorch"),
  /** Optax, on JAX. */
  OPTAX("Optax"),
  /** fast.ai 2. */
  FASTAI("fast.ai");

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

  /**
   * Finds one.
   *
   * @param name as it writes itself or as specifications do: {@code pytorch} and {@code torch}
   * @return the framework
   * @throws InputException if there is none of that name
   */
  public static Framework of(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each ->
            key.equals(each.name().toLowerCase(Locale.ROOT))
                || key.equals(each.title.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new InputException(
                "no framework is called \"%s\"; write keras, pytorch, optax or fastai"
                    .formatted(name)));
  }
}
