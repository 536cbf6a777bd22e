package dev.anneal.api.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Progress} that a trainer or a preview moves along a run. One thread at a time may use
 * it.
 */
public final class Cursor implements Progress {
  /** A run has few recurrences; a part that repeats leaves those of its past behind. */
  private static final int MOST_MEMOS = 16;

  /** How far a recurrence has come in the part of the run that begins at {@code start}. */
  private static final class Memo {
    private @Nullable Recurrence recurrence;
    private long start;
    private long total;
    private double[] state = {};
    private long done;
    private boolean running;

    void begin(Recurrence begun, Cursor part) {
      recurrence = begun;
      start = part.start;
      total = part.total;
      if (state.length != begun.size()) {
        state = new double[begun.size()];
      }
      begun.begin(state);
      done = 0;
    }

    /** One object, at the same place: a recurrence that is merely equal may be a lambda's. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Recurrence other, Cursor part) {
      return recurrence == other && start == part.start && total == part.total;
    }

    double[] at(Recurrence own, long ticks, Progress run) {
      if (done > ticks) {
        own.begin(state);
        done = 0;
      }
      running = true;
      while (done < ticks) {
        own.next(state, done++, run);
      }
      running = false;
      return state;
    }
  }

  /**
   * The epochs of a history that began in this run or part of one, as many as were over by its
   * time: a run that is read again from an earlier update must not know the future.
   */
  private final class PartHistory implements MetricHistory {
    private final MetricHistory whole;

    PartHistory(MetricHistory whole) {
      this.whole = whole;
    }

    private int first() {
      return (int)
          Math.clamp(Math.ceilDiv(start, (long) iterationsPerEpoch), 0L, (long) Integer.MAX_VALUE);
    }

    @Override
    public int epochs() {
      long seen = Math.floorDiv(later(start, iteration), (long) iterationsPerEpoch);
      return (int) Math.max(0, Math.min(whole.epochs(), seen) - first());
    }

    @Override
    public double value(String metric, int epoch) {
      if (epoch < 0 || epoch >= epochs()) {
        throw new IndexOutOfBoundsException("no epoch %d among %d".formatted(epoch, epochs()));
      }
      return whole.value(metric, first() + epoch);
    }

    @Override
    public boolean moreIsBetter(String metric) {
      return whole.moreIsBetter(metric);
    }
  }

  private final int iterationsPerEpoch;
  private final PartHistory metrics;
  private final List<Memo> memos = new ArrayList<>(0);
  private long start;
  private long total;
  private long iteration;

  /** The part of this run that was read last: reading nests, so one serves for all. */
  private @Nullable Cursor part;

  /**
   * Stands before the first update.
   *
   * @param iterationsPerEpoch updates in an epoch, at least 1
   * @param totalIterations updates in the run, at least 1
   * @param metrics what the run records, read whenever a schedule asks
   */
  public Cursor(int iterationsPerEpoch, long totalIterations, MetricHistory metrics) {
    if (iterationsPerEpoch < 1 || totalIterations < 1) {
      throw new IllegalArgumentException(
          "no such run: %d iterations per epoch, %d in total"
              .formatted(iterationsPerEpoch, totalIterations));
    }
    this.iterationsPerEpoch = iterationsPerEpoch;
    this.total = totalIterations;
    this.metrics = new PartHistory(metrics);
  }

  private Cursor(Cursor whole) {
    this.iterationsPerEpoch = whole.iterationsPerEpoch;
    this.metrics = new PartHistory(whole.metrics.whole);
  }

  /** Moves on by one update. */
  public void advance() {
    iteration++;
  }

  /**
   * Moves to an update.
   *
   * @param update how many updates are done then, at least 0
   * @return this
   */
  public Cursor moveTo(long update) {
    if (update < 0) {
      throw new IllegalArgumentException("no such position: iteration " + update);
    }
    iteration = update;
    return this;
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public int iterationsPerEpoch() {
    return iterationsPerEpoch;
  }

  @Override
  public long totalIterations() {
    return total;
  }

  @Override
  public MetricHistory metrics() {
    return metrics;
  }

  @Override
  public double read(Schedule schedule, long from, long length, long at) {
    Cursor inner = part;
    if (inner == null) {
      inner = new Cursor(this);
      part = inner;
    }
    inner.start = later(start, from);
    inner.total = Math.max(1, length);
    inner.iteration = Math.max(0, at);
    return schedule.at(inner);
  }

  @Override
  public double[] fold(Recurrence recurrence, long ticks) {
    for (int i = 0; i < memos.size(); i++) {
      if (memos.get(i).isOf(recurrence, this)) {
        return memos.get(i).at(recurrence, ticks, this);
      }
    }
    Memo begun = memos.size() < MOST_MEMOS ? new Memo() : oldest();
    begun.begin(recurrence, this);
    memos.add(begun);
    return begun.at(recurrence, ticks, this);
  }

  /** Makes room. A memo serves again, unless a recurrence that reads others is at work on it. */
  private Memo oldest() {
    Memo oldest = memos.removeFirst();
    return oldest.running ? new Memo() : oldest;
  }

  /** The sum, without going round where it lies beyond all time. */
  private static long later(long time, long by) {
    long sum = time + by;
    boolean round = ((time ^ sum) & (by ^ sum)) < 0;
    return !round ? sum : by > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }
}
