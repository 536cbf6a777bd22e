package dev.anneal.core.matrix;

import dev.anneal.core.kernel.Width;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shapes of the tiles that suit a processor. They change no bit of a product.
 *
 * @param rows of a tile
 * @param columns of a tile, a multiple of {@link Layout#LINE}
 * @param narrowRows of a tile of {@link Layout#LINE} columns, for the rest of a panel
 * @param depth steps of k in a pass: what a tile reads of B in one is there for the next tile
 */
record TileShape(int rows, int columns, int narrowRows, int depth) {
  /** Rows of a block, about: enough to reuse what was read of B, and few enough for a cache. */
  private static final int BLOCK_ROWS = 60;

  /**
   * Measured in parts of the FMA ceiling (2026-11-21, Zen 4, JDK 25): 5x4 vectors of 512 bits 0.96
   * to 0.99, 8x2 0.83 to 0.98 (eight positions in A are too many registers), 6x4 0.95; 6x2 of 256
   * bits 0.76, also with only 16 registers, where 4x4 and 8x2 spill (0.15; with 32 registers 0.97
   * and 0.89); 4x4 of 128 bits.
   */
  static final TileShape WIDE = new TileShape(5, Layout.PANEL, 5, 256);

  /**
   * For two fma of 512 bits a cycle (2026-11-28, Zen 5, JDK 25): 13x2 vectors read half of what 5x4
   * read of B in the time, and a tile that begins costs as much as ten steps of k. Best of noisy
   * runs: 64x784x512 0.82 of the ceiling against 0.74 with 5x4 and 256 steps, 64x512x200 0.80
   * against 0.74, 512x512x512 0.89 against 0.79. With 256 steps 11x2 had 0.72, 12x2 0.67 (64 rows
   * are no multiple) and 14x2 0.72 at 64x784x512, where 13x2 had 0.75.
   */
  static final TileShape TALL = new TileShape(13, 2 * Layout.LINE, 8, 512);

  private static final TileShape OF_512_BITS = twoOf512Bits() ? TALL : WIDE;

  /** Those for vectors of a width on this machine. */
  static TileShape of(Width width) {
    return switch (width) {
      case BITS_512 -> OF_512_BITS;
      case SCALAR -> WIDE;
      case BITS_256 -> new TileShape(6, Layout.LINE, 6, 256);
      case BITS_128 -> new TileShape(4, Layout.LINE, 4, 256);
    };
  }

  /** Rows of the largest block: whole tiles. */
  int blockRows() {
    return Math.ceilDiv(BLOCK_ROWS, rows) * rows;
  }

  /**
   * Whether the processor is one of those known to have two units of full width, as AMD's Zen 5.
   */
  private static boolean twoOf512Bits() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      List<String> first = lines.takeWhile(line -> !line.isBlank()).toList();
      return first.stream().anyMatch(line -> line.matches("vendor_id\\s*:\\s*AuthenticAMD"))
          && first.stream().anyMatch(line -> line.matches("cpu family\\s*:\\s*26"));
    } catch (IOException | RuntimeException unknown) {
      return false; // no such file: another system
    }
  }
}
