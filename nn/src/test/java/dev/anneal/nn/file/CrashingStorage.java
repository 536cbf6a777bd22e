package dev.anneal.nn.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A file system in memory on a machine that fails at a chosen operation. It knows what is only in
 * the memory of that machine, bytes and names, and so all that its disk may hold after a crash: any
 * of the names that were not forced, and of bytes that were not forced none, half or all.
 */
class CrashingStorage implements Storage {
  /** When an operation fails. */
  enum Moment {
    /** The machine crashes before anything happened. */
    BEFORE,
    /** The machine crashes when half of the bytes are written; of what has no bytes, before. */
    AMID,
    /** The machine crashes when all is done. */
    AFTER,
    /** The disk is full when half of the bytes are written; of what has no bytes, it fails. */
    FULL
  }

  /** The end of the machine: nothing can be done about it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  private static final class Inode {
    byte[] bytes;
    boolean forced;

    Inode(byte[] bytes, boolean forced) {
      this.bytes = bytes;
      this.forced = forced;
    }
  }

  /** A change of names that is not on the disk yet. */
  private record Change(Path folder, Consumer<Map<Path, Inode>> change) {}

  @FunctionalInterface
  private interface Operation {
    void run() throws IOException;
  }

  /** What was done, in order. */
  final List<String> log = new ArrayList<>();

  private final Map<Path, Inode> names = new LinkedHashMap<>();
  private final Map<Path, Inode> forcedNames = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final int failing;
  private final Moment moment;
  private boolean crashed;

  /** A storage that never fails. */
  CrashingStorage() {
    this(0, Moment.BEFORE);
  }

  /**
   * A storage that fails once.
   *
   * @param failing which operation, counted from 1
   */
  CrashingStorage(int failing, Moment moment) {
    this.failing = failing;
    this.moment = moment;
  }

  private boolean failsNow(Moment when) {
    return log.size() == failing && moment == when;
  }

  private void crash() {
    crashed = true;
    throw new Crash();
  }

  private void perform(String what, Path file, Operation operation) throws IOException {
    if (crashed) {
      throw new Crash();
    }
    log.add(what + " " + file.getFileName());
    if (failsNow(Moment.BEFORE)) {
      crash();
    }
    operation.run();
    if (failsNow(Moment.AFTER)) {
      crash();
    }
  }

  /** As {@link #perform}, for what has no middle. */
  private void performAtOnce(String what, Path file, Operation operation) throws IOException {
    perform(
        what,
        file,
        () -> {
          if (failsNow(Moment.AMID)) {
            crash();
          }
          if (failsNow(Moment.FULL)) {
            throw new IOException("No space left on device");
          }
          operation.run();
        });
  }

  private void change(Path folder, Consumer<Map<Path, Inode>> change) {
    change.accept(names);
    changes.add(new Change(folder, change));
  }

  private Inode inode(Path file) throws IOException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return inode;
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    performAtOnce(
        "createFolder",
        folder,
        () -> {
          if (!names.containsKey(folder)) {
            Inode inode = new Inode(new byte[0], true);
            change(folder.getParent(), all -> all.put(folder, inode));
          }
        });
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    List<String> list = new ArrayList<>();
    performAtOnce(
        "list",
        folder,
        () ->
            names.keySet().stream()
                .filter(file -> folder.equals(file.getParent()))
                .forEach(file -> list.add(file.getFileName().toString())));
    return list;
  }

  @Override
  public long size(Path file) throws IOException {
    return inode(file).bytes.length;
  }

  @Override
  public ReadableByteChannel read(Path file) throws IOException {
    return Channels.newChannel(new ByteArrayInputStream(inode(file).bytes));
  }

  @Override
  public void write(Path file, Content content) throws IOException {
    perform(
        "write",
        file,
        () -> {
          Inode inode = new Inode(new byte[0], false);
          change(file.getParent(), all -> all.put(file, inode));
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          content.writeTo(Channels.newChannel(bytes));
          inode.bytes = bytes.toByteArray();
          if (failsNow(Moment.AMID)) {
            inode.bytes = half(inode.bytes);
            crash();
          }
          if (failsNow(Moment.FULL)) {
            inode.bytes = half(inode.bytes);
            throw new IOException("No space left on device");
          }
        });
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  @Override
  public void force(Path file) throws IOException {
    performAtOnce("force", file, () -> inode(file).forced = true);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    performAtOnce(
        "rename",
        from,
        () -> {
          Inode inode = inode(from);
          change(
              to.getParent(),
              all -> {
                all.remove(from);
                all.put(to, inode);
              });
        });
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    performAtOnce(
        "forceFolder",
        folder,
        () ->
            changes.removeIf(one -> {
              boolean here = one.folder().equals(folder);
              if (here) {
                one.change().accept(forcedNames);
              }
              return here;
            }));
  }

  @Override
  public void delete(Path file) throws IOException {
    performAtOnce("delete", file, () -> change(file.getParent(), all -> all.remove(file)));
  }

  /** Spoils a file, as a disk may do over the years. */
  void damage(Path file) throws IOException {
    Inode inode = inode(file);
    inode.bytes = half(inode.bytes);
  }

  /** All that the disk may hold when the machine starts again. */
  List<CrashingStorage> afterCrash() {
    List<UnaryOperator<byte[]>> fates =
        List.of(bytes -> new byte[0], CrashingStorage::half, bytes -> bytes);
    List<CrashingStorage> possible = new ArrayList<>();
    for (int subset = 0; subset < 1 << changes.size(); subset++) {
      for (UnaryOperator<byte[]> fate : fates) {
        possible.add(afterCrash(subset, fate));
      }
    }
    return possible;
  }

  private CrashingStorage afterCrash(int subset, UnaryOperator<byte[]> fate) {
    Map<Path, Inode> left = new LinkedHashMap<>(forcedNames);
    for (int i = 0; i < changes.size(); i++) {
      if ((subset >> i & 1) == 1) {
        changes.get(i).change().accept(left);
      }
    }
    CrashingStorage storage = new CrashingStorage();
    left.forEach((file, inode) -> {
      boolean reachable =
          file.getParent().equals(CrashTest.RUN) || left.containsKey(file.getParent());
      if (reachable) {
        byte[] bytes = inode.forced ? inode.bytes : fate.apply(inode.bytes);
        storage.names.put(file, new Inode(bytes, true));
      }
    });
    storage.forcedNames.putAll(storage.names);
    return storage;
  }
}
