package io.intermodal;

/** Tells who has to act on an error. The command line derives its exit code from it. */
public enum ErrorCategory {
  /** The input or the request is wrong; the user corrects it and tries again. */
  USER_INPUT,
  /** Something outside failed: a hypervisor, a disk, a server, a tool. */
  EXTERNAL,
  /** The input is larger, deeper or longer than a stated bound. */
  LIMIT,
  /** A defect of this library. */
  INTERNAL
}
