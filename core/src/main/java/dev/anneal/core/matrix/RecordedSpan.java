package dev.anneal.core.matrix;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Shows products as events. There is none before the recorder was first used: to define an event's
 * class, the JDK reads the metadata of all, which takes 80 ms (2026-11-28).
 */
final class RecordedSpan implements Span {
  private @Nullable MatrixProductEvent event;

  @Override
  public void begin() {
    if (event == null && FlightRecorder.isInitialized()) {
      event = new MatrixProductEvent();
    }
    if (event != null) {
      event.begin();
    }
  }

  @Override
  public void end(int rows, int columns, int depth) {
    if (event == null) {
      return;
    }
    event.end();
    if (event.shouldCommit()) {
      event.rows = rows;
      event.columns = columns;
      event.depth = depth;
      event.commit();
    }
  }
}
