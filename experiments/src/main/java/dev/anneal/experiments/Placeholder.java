package dev.anneal.experiments;

/** Keeps the package open until its first real class arrives. */
final class Placeholder {
  private Placeholder() {}
}
