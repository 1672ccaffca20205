package io.intermodal.disk.internal.deflate;

/** Cuts a block into literals and matches. Keeps nothing from one block to the next. */
interface Matcher {

  /** Finds matches in {@code bytes} from {@code from} on, none of them to what stands before. */
  void find(byte[] bytes, int from, int size, Sequences into);
}
