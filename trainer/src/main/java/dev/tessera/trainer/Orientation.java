package dev.tessera.trainer;

/**
 * One of the eight symmetries of a square patch.
 *
 * @param index 0 to 7: bit 0 mirrors columns, bit 1 mirrors rows, bit 2 exchanges rows and columns
 * @param size rows and columns of the patch
 */
record Orientation(int index, int size) {
  /** The source row of a place in the turned patch. */
  int row(int y, int x) {
    int row = (index & 4) == 0 ? y : x;
    return (index & 2) == 0 ? row : size - 1 - row;
  }

  /** The source column of a place in the turned patch. */
  int column(int y, int x) {
    int column = (index & 4) == 0 ? x : y;
    return (index & 1) == 0 ? column : size - 1 - column;
  }
}
