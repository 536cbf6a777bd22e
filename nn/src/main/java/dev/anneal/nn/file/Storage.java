package dev.anneal.nn.file;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/** What writing durably needs of a file system. A test has one that crashes between any two. */
interface Storage {
  /** The file system of the machine. */
  Storage DISK = new DiskStorage();

  /** Bytes that are written piece by piece. */
  @FunctionalInterface
  interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Makes a folder and those above it, where they are missing. */
  void createFolder(Path folder) throws IOException;

  /** The names in a folder, in any order. */
  List<String> list(Path folder) throws IOException;

  long size(Path file) throws IOException;

  ReadableByteChannel read(Path file) throws IOException;

  /** Writes a file, new or over an old one. A crash may yet lose all or some of it. */
  void write(Path file, Content content) throws IOException;

  /** Returns when the bytes of a file are on the disk. */
  void force(Path file) throws IOException;

  /** Gives a file another name in its folder, in one step; replaces what has it. */
  void rename(Path from, Path to) throws IOException;

  /** Returns when the names in a folder are on the disk, where the operating system can do so. */
  void forceFolder(Path folder) throws IOException;

  /** Deletes a file if it exists. */
  void delete(Path file) throws IOException;
}
