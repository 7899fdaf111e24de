/* A table as a grid (WAI-ARIA's pattern): one stop for Tab, arrow keys from cell to cell, Home, End,
   Page Up and Page Down. Enter and Space do what they do on the link or box of a cell. Without this
   script Tab stops at each of them. */

const PAGE = 10;

for (const table of document.querySelectorAll("[data-grid]")) {
  const shown = (cell) => cell.checkVisibility();
  const rows = () => [...table.rows].map((row) => [...row.cells].filter(shown));
  const inner = (cell) => {
    const found = [...cell.querySelectorAll("a[href], input, button")].find(shown);
    return found ?? cell;
  };

  table.setAttribute("role", "grid");
  for (const row of table.rows) {
    for (const cell of row.cells) {
      if (cell.tagName === "TD") {
        cell.setAttribute("role", "gridcell");
      }
      for (const one of cell.querySelectorAll("a[href], input, button")) {
        one.tabIndex = -1;
      }
      inner(cell).tabIndex = -1;
    }
  }

  let current = null;
  const make = (cell) => {
    if (current) {
      inner(current).tabIndex = -1;
    }
    current = cell;
    inner(cell).tabIndex = 0;
  };
  const first = table.tBodies[0]?.rows[0] ?? table.rows[0];
  make([...first.cells].find((cell) => shown(cell) && inner(cell) !== cell) ?? first.cells[0]);

  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td, th");
    if (cell && table.contains(cell)) {
      make(cell);
    }
  });

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (!cell || event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    const grid = rows();
    const row = grid.findIndex((cells) => cells.includes(cell));
    const column = grid[row].indexOf(cell);
    const to = {
      ArrowRight: () => [row, column + 1],
      ArrowLeft: () => [row, column - 1],
      ArrowDown: () => [row + 1, column],
      ArrowUp: () => [row - 1, column],
      PageDown: () => [Math.min(row + PAGE, grid.length - 1), column],
      PageUp: () => [Math.max(row - PAGE, 0), column],
      Home: () => [event.ctrlKey ? 0 : row, 0],
      End: () => {
        const last = event.ctrlKey ? grid.length - 1 : row;
        return [last, grid[last].length - 1];
      },
    }[event.key]?.();
    if (!to) {
      return;
    }
    event.preventDefault();
    const target = grid[to[0]]?.[to[1]];
    if (target) {
      make(target);
      inner(target).focus();
    }
  });
}
