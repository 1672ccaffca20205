package io.intermodal.disk.internal.xva;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SequentialInput;
import io.intermodal.disk.internal.StoredBytes;

/** The bytes of an archive from some place on, however they come. Used by one thread. */
interface ArchiveInput {

  /** Returns the name for messages. */
  String name();

  /** Returns how many bytes of the archive come before the next one. */
  long position();

  /** Returns how many stored bytes have been read, for progress. */
  long storedPosition();

  /** Tells whether nothing is left. */
  boolean atEnd();

  void read(byte[] into, int from, int length, String structure);

  void skip(long length, String structure);

  /** Takes all that is left, so that a digest has it. */
  void drain(Cancellation cancellation);

  /** Reads from the first byte on and passes over nothing. */
  static ArchiveInput of(SequentialInput input) {
    return new ArchiveInput() {
      @Override
      public String name() {
        return input.name();
      }

      @Override
      public long position() {
        return input.position();
      }

      @Override
      public long storedPosition() {
        return input.position();
      }

      @Override
      public boolean atEnd() {
        return input.atEnd();
      }

      @Override
      public void read(byte[] into, int from, int length, String structure) {
        input.read(into, from, length, structure);
      }

      @Override
      public void skip(long length, String structure) {
        input.skip(length, structure);
      }

      @Override
      public void drain(Cancellation cancellation) {
        boolean unused = input.drain(cancellation);
      }
    };
  }

  /** Reads from any place on and really passes over what is not wanted. */
  static ArchiveInput of(StoredBytes stored, long start) {
    return new ArchiveInput() {
      private long next = start;
      private long read;

      @Override
      public String name() {
        return stored.name();
      }

      @Override
      public long position() {
        return next;
      }

      @Override
      public long storedPosition() {
        return read;
      }

      @Override
      public boolean atEnd() {
        return next >= stored.size();
      }

      @Override
      public void read(byte[] into, int from, int length, String structure) {
        stored.read(next, into, from, length, structure);
        next += length;
        read += length;
      }

      @Override
      public void skip(long length, String structure) {
        if (length > stored.size() - next) {
          throw Problems.truncated(stored.name(), stored.size(), structure);
        }
        next += length;
      }

      @Override
      public void drain(Cancellation cancellation) {}
    };
  }
}
