package dev.anneal.data;

/** Keeps the package open until its first real class arrives. */
final class Placeholder {
  private Placeholder() {}
}
