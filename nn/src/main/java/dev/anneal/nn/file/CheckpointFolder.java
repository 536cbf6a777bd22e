package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import dev.anneal.nn.flight.FlightRecorder;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of a run, a file each in the folder {@code checkpoints}: {@code
 * step-000000001234.safetensors}, or {@code step-000000001234.best.safetensors} for one that was
 * the best so far. Nothing is kept of them but the files and their names.
 *
 * <p>The folder of the run belongs to one process at a time; the lock ends with the process. Any
 * thread may call.
 */
public final class CheckpointFolder implements AutoCloseable {
  private static final String NAME = "step-(\\d{12,18})(\\.best)?\\.safetensors";
  private static final Pattern CHECKPOINT = Pattern.compile(NAME);

  /** What {@link AtomicFile} leaves in a crash. */
  private static final Pattern LEFTOVER = Pattern.compile("\\." + NAME + "\\.\\d+");

  /** If the newest is damaged, there must be one before it. */
  private static final int FEWEST_KEPT = 2;

  /**
   * A checkpoint that was read.
   *
   * @param position where training stood
   * @param file where it lies
   * @param content what it holds
   */
  public record Checkpoint(long position, Path file, Safetensors content) {}

  /** A file by its name. */
  private record Generation(long position, boolean best, String name) {
    static Generation of(long position, boolean best) {
      return new Generation(
          position,
          best,
          String.format(Locale.ROOT, "step-%012d%s.safetensors", position, best ? ".best" : ""));
    }
  }

  private final Storage storage;
  private final Path folder;
  private final int kept;
  private final Runnable unlock;
  private final FlightRecorder recorder = FlightRecorder.create();

  /** What {@link #latest} and {@link #best} could not read, until it is written anew. */
  private final Set<String> damaged = new HashSet<>();

  CheckpointFolder(Storage storage, Path run, int kept, Runnable unlock) throws IOException {
    this.storage = storage;
    this.folder = run.resolve("checkpoints");
    this.kept = kept;
    this.unlock = unlock;
    storage.createFolder(folder);
    storage.forceFolder(run);
    for (String name : storage.list(folder)) {
      if (LEFTOVER.matcher(name).matches()) {
        storage.delete(folder.resolve(name));
      }
    }
  }

  /**
   * Takes the folder of a run, until this is closed or the process ends.
   *
   * @param run the folder, made if it is missing
   * @param kept how many checkpoints are kept, the best one not counted; at least 2
   * @return its checkpoints
   * @throws InputException if another process, or this one, has taken it already, or nothing can be
   *     written there
   */
  public static CheckpointFolder open(Path run, int kept) {
    if (kept < FEWEST_KEPT) {
      throw new InputException(
          "at least %d checkpoints are kept, not %d: the newest may be damaged one day"
              .formatted(FEWEST_KEPT, kept));
    }
    FolderLock lock = FolderLock.acquire(run);
    try {
      return new CheckpointFolder(Storage.DISK, run, kept, lock::close);
    } catch (IOException e) {
      lock.close();
      throw IoFailure.writing(run, e);
    }
  }

  /**
   * Writes a checkpoint, and returns when it is on the disk. Then removes what is not needed any
   * more: all but the newest few and the best as of the oldest of these; those that {@link #latest}
   * could not read; and those beyond this position, of a run that was taken up again before them.
   *
   * @param position where training stands, at least 0
   * @param content what to go on with
   * @param best whether it is the best so far
   * @throws InputException if it cannot be written; earlier ones are left as they were
   */
  public synchronized void write(long position, Safetensors content, boolean best) {
    Generation generation = Generation.of(position, best);
    Path file = folder.resolve(generation.name());
    try {
      recorder.beginCheckpoint();
      AtomicFile.write(storage, file, content::writeTo);
      recorder.endCheckpoint(position, storage.size(file), best);
      damaged.remove(generation.name());
      prune(generation);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /**
   * Whether a run is at work in a folder.
   *
   * @param run the folder
   * @return whether this process or another has opened it and not closed it
   */
  public static boolean isInUse(Path run) {
    return FolderLock.isHeld(run);
  }

  private void prune(Generation newest) throws IOException {
    List<Generation> all = generations();
    List<Generation> whole =
        all.stream()
            .filter(one -> one.position() < newest.position() || one.equals(newest))
            .filter(one -> !damaged.contains(one.name()))
            .toList();
    int oldest = Math.max(0, whole.size() - kept);
    Set<Generation> needed = new HashSet<>(whole.subList(oldest, whole.size()));
    whole.subList(0, oldest + 1).reversed().stream()
        .filter(Generation::best)
        .findFirst()
        .ifPresent(needed::add);
    for (Generation one : all) {
      if (!needed.contains(one)) {
        storage.delete(folder.resolve(one.name()));
      }
    }
  }

  /**
   * Removes all checkpoints, for a run that begins anew.
   *
   * @throws InputException if one cannot be removed
   */
  public synchronized void clear() {
    try {
      for (Generation one : generations()) {
        storage.delete(folder.resolve(one.name()));
      }
      storage.forceFolder(folder);
    } catch (IOException e) {
      throw IoFailure.writing(folder, e);
    }
  }

  /** Oldest first. */
  private List<Generation> generations() throws IOException {
    return storage.list(folder).stream()
        .map(CHECKPOINT::matcher)
        .filter(Matcher::matches)
        .map(name ->
            new Generation(Long.parseLong(name.group(1)), name.group(2) != null, name.group()))
        .sorted(Comparator.comparingLong(Generation::position).thenComparing(Generation::best))
        .toList();
  }

  /**
   * Reads the newest checkpoint that is whole.
   *
   * @param damage is told, in one line each, which newer ones are not and why
   * @return the checkpoint, or nothing where none is whole
   * @throws InputException if the folder cannot be read
   */
  public synchronized Optional<Checkpoint> latest(Consumer<String> damage) {
    return newest(_ -> true, damage);
  }

  /**
   * Reads the newest checkpoint that is whole, of those that were the best so far.
   *
   * @param damage is told, in one line each, which newer ones are not and why
   * @return the checkpoint, or nothing where none is whole
   * @throws InputException if the folder cannot be read
   */
  public synchronized Optional<Checkpoint> best(Consumer<String> damage) {
    return newest(Generation::best, damage);
  }

  private Optional<Checkpoint> newest(Predicate<Generation> which, Consumer<String> damage) {
    try {
      for (Generation one : generations().reversed()) {
        if (which.test(one)) {
          try {
            return Optional.of(read(one));
          } catch (InputException e) {
            damaged.add(one.name());
            damage.accept(String.valueOf(e.getMessage()));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw IoFailure.reading(folder, e);
    }
  }

  private Checkpoint read(Generation one) {
    Path file = folder.resolve(one.name());
    try (ReadableByteChannel channel = storage.read(file)) {
      Safetensors content =
          Safetensors.read(
              file.toString(), channel, storage.size(file), Safetensors.Checksum.REQUIRED);
      return new Checkpoint(one.position(), file, content);
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }

  /** Lets other processes take the folder. */
  @Override
  public void close() {
    unlock.run();
  }
}
