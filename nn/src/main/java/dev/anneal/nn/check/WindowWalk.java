package dev.anneal.nn.check;

import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import java.util.ArrayList;
import java.util.List;

/** What a window meets on its way over images, number by number. */
final class WindowWalk {
  private WindowWalk() {}

  /** A number of the images that belongs to one of the results. */
  @FunctionalInterface
  interface Meeting {
    /**
     * Is told of one.
     *
     * @param result place of the number in the results
     * @param row the row of the weights that weigh it
     * @param image place of the number in the images
     */
    void with(int result, int row, int image);
  }

  /** All meetings; for each result in the order of the weights. */
  static void over(Geometry geometry, int images, Meeting meeting) {
    int channels = geometry.channels() / geometry.groups();
    for (int at = 0; at < images * geometry.outputs(); at++) {
      int group = at % geometry.filters() * geometry.groups() / geometry.filters();
      for (int row = 0; row < geometry.patch(); row++) {
        int pixel = pixel(geometry, at / geometry.filters(), row / channels);
        if (pixel >= 0) {
          meeting.with(at, row, pixel * geometry.channels() + group * channels + row % channels);
        }
      }
    }
  }

  /** For each number of the results, those of its channel that the window sees. */
  static List<List<Integer>> seen(Geometry geometry, int images) {
    List<List<Integer>> seen = new ArrayList<>();
    for (int at = 0; at < images * geometry.outputs(); at++) {
      List<Integer> places = new ArrayList<>();
      for (int tap = 0; tap < geometry.window().height() * geometry.window().width(); tap++) {
        int pixel = pixel(geometry, at / geometry.channels(), tap);
        if (pixel >= 0) {
          places.add(pixel * geometry.channels() + at % geometry.channels());
        }
      }
      seen.add(places);
    }
    return seen;
  }

  /** The pixel under a place of the window, counted through all images; -1 beside the image. */
  private static int pixel(Geometry geometry, int position, int tap) {
    Window window = geometry.window();
    int x = position % geometry.across() * window.across() - window.left();
    int y = position / geometry.across() % geometry.down() * window.down() - window.top();
    int image = position / geometry.across() / geometry.down();
    x += tap % window.width() * window.spread();
    y += tap / window.width() * window.spread();
    boolean inside = x >= 0 && x < geometry.width() && y >= 0 && y < geometry.height();
    return inside ? (image * geometry.height() + y) * geometry.width() + x : -1;
  }
}
