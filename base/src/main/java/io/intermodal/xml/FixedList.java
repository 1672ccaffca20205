package io.intermodal.xml;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/**
 * Is an immutable list over an array that nobody else has. Those of the JDK copy what they are
 * given once or twice, which is a good part of the cost of a tree.
 */
final class FixedList<E> extends AbstractList<E> implements RandomAccess {

  private final E[] elements;

  private FixedList(E[] elements) {
    this.elements = elements;
  }

  /** Takes an array over, which must not be changed after that. */
  static <E> List<E> of(E[] elements) {
    return elements.length == 0 ? List.of() : new FixedList<>(elements);
  }

  @Override
  public E get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public Iterator<E> iterator() {
    return new Steps<>(elements);
  }

  @Override
  public void forEach(Consumer<? super E> action) {
    for (E element : elements) {
      action.accept(element);
    }
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(elements, elements.length, Object[].class);
  }

  @Override
  public Spliterator<E> spliterator() {
    return Spliterators.spliterator(
        elements, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
  }

  /** Goes through the array; that of the JDK's base class looks for changes at every step. */
  private static final class Steps<E> implements Iterator<E> {

    private final E[] elements;
    private int next;

    Steps(E[] elements) {
      this.elements = elements;
    }

    @Override
    public boolean hasNext() {
      return next < elements.length;
    }

    @Override
    public E next() {
      if (next >= elements.length) {
        throw new NoSuchElementException();
      }
      return elements[next++];
    }
  }
}
