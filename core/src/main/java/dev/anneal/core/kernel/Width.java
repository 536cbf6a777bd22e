package dev.anneal.core.kernel;

import dev.anneal.api.InputException;
import dev.anneal.core.vector.VectorBits;
import dev.anneal.core.vector.VectorModule;
import org.jspecify.annotations.Nullable;

/**
 * How many bits a kernel computes at a time. The bits of every result are the same at every width;
 * only the speed differs. {@link #SCALAR} is plain Java, and the specification of all the others.
 */
public enum Width {
  /** One element at a time, without the Vector API. */
  SCALAR(0),
  /** Four floats at a time. */
  BITS_128(128),
  /** Eight floats at a time. */
  BITS_256(256),
  /** Sixteen floats at a time. */
  BITS_512(512);

  private static final String PROPERTY = "anneal.vector.bits";

  /** Not a static initializer's work: from there an error about the property would not be read. */
  private static volatile @Nullable Width chosen;

  private final int bits;

  Width(int bits) {
    this.bits = bits;
  }

  /**
   * The number of floats in a vector.
   *
   * @return 1, 4, 8 or 16
   */
  public int floats() {
    return Math.max(1, bits / Float.SIZE);
  }

  /**
   * The width in bits.
   *
   * @return 0 for scalar, else 128, 256 or 512
   */
  public int bits() {
    return bits;
  }

  /**
   * The width to use on this machine: the system property {@code anneal.vector.bits} (0, 128, 256
   * or 512) if set, else the widest that the processor has. Where vectors cannot be or would never
   * be compiled it is {@link #SCALAR}, and a {@link Fallback} tells.
   *
   * @return the width, the same throughout a process
   * @throws InputException if the property is none of these, or needs the absent module
   */
  public static Width preferred() {
    Width width = chosen;
    if (width == null) {
      width = choose();
      chosen = width;
    }
    return width;
  }

  private static Width choose() {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return VectorModule.isPresent() ? widest() : scalar(Fallback.NO_MODULE);
    }
    int bits = parse(wanted);
    if (bits == 0) {
      return scalar(Fallback.CHOSEN);
    }
    if (!VectorModule.isPresent()) {
      throw new InputException(
          PROPERTY
              + "="
              + bits
              + " needs the Vector API; start Java with --add-modules jdk.incubator.vector");
    }
    return of(bits);
  }

  private static Width widest() {
    // What HotSpot says of itself where C2 is off. Elsewhere that shows when nothing is compiled.
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted mode") || mode.contains("emulated-client")) {
      return scalar(Fallback.NO_COMPILER);
    }
    Width widest = of(VectorBits.preferred());
    return widest == SCALAR ? scalar(Fallback.NO_VECTORS) : widest;
  }

  private static Width scalar(Fallback why) {
    why.tell();
    return SCALAR;
  }

  /** The widest of at most so many bits. */
  private static Width of(int bits) {
    Width best = SCALAR;
    for (Width width : values()) {
      if (width.bits <= bits) {
        best = width;
      }
    }
    return best;
  }

  private static int parse(String text) {
    for (Width width : values()) {
      if (text.strip().equals(Integer.toString(width.bits))) {
        return width.bits;
      }
    }
    throw new InputException(PROPERTY + " must be 0, 128, 256 or 512, not \"" + text + "\"");
  }
}
