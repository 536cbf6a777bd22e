package dev.anneal.core.matrix;

/** Shows a matrix product to the flight recorder while one records; costs nothing else. */
interface Span {
  /** For a JVM without the recorder's module. */
  Span NONE =
      new Span() {
        @Override
        public void begin() {}

        @Override
        public void end(int rows, int columns, int depth) {}
      };

  /**
   * One for a product that is computed again and again, so that showing it allocates nothing.
   *
   * @return a new one
   */
  static Span create() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? new RecordedSpan() : NONE;
  }

  /** Before a product. */
  void begin();

  /** After it. */
  void end(int rows, int columns, int depth);
}
