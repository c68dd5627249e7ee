// A table of {name, ...numbers}, sorted by a column and filtered by name. Rows stay in place between readings as far as the
// order does, so that a selection or a cursor is not lost every second.

const SHOWN = 200;

export class Table {
  /** @param columns [{title, text(row), value(row), share?, bad?(row)}]; the first one names the row */
  constructor(name, columns) {
    this.columns = columns;
    this.sorted = { column: 1, descending: true };
    this.table = document.getElementById(name);
    this.count = document.getElementById(`${name}-count`);
    this.filter = document.getElementById(`${name}-filter`);
    this.filter.addEventListener("input", () => this.draw());
    const head = this.table.createTHead().insertRow();
    this.heads = columns.map((column, i) => {
      const head1 = document.createElement("th");
      head1.scope = "col";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = column.title;
      button.addEventListener("click", () => this.sortBy(i));
      head1.append(button);
      head.append(head1);
      return head1;
    });
    this.body = this.table.createTBody();
    this.rows = [];
    this.draw();
  }

  show(rows) {
    this.rows = rows;
    this.draw();
  }

  sortBy(column) {
    const again = this.sorted.column === column;
    this.sorted = { column, descending: again ? !this.sorted.descending : column > 0 };
    this.draw();
  }

  draw() {
    const { column, descending } = this.sorted;
    this.heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const wanted = this.filter.value.trim().toLowerCase();
    const found = this.rows.filter((row) => row.name.toLowerCase().includes(wanted));
    const value = this.columns[column].value;
    found.sort((a, b) => (descending ? -1 : 1) * order(value(a), value(b)) || order(a.name, b.name));
    const shown = found.slice(0, SHOWN);
    this.count.textContent =
      shown.length < found.length
        ? `first ${SHOWN} of ${found.length}: filter to see others`
        : wanted
          ? `${found.length} of ${this.rows.length}`
          : `${this.rows.length}`;
    this.fill(shown, wanted);
  }

  fill(rows, wanted) {
    while (this.body.rows.length > Math.max(1, rows.length)) this.body.deleteRow(-1);
    if (rows.length === 0) {
      this.body.replaceChildren();
      const cell = this.body.insertRow().insertCell();
      cell.className = "none";
      cell.colSpan = this.columns.length;
      cell.textContent = wanted ? `No name contains “${wanted}”.` : "None yet.";
      return;
    }
    const largest = this.columns.map((column) => (column.share ? Math.max(...this.rows.map(column.value)) : 0));
    rows.forEach((row, at) => {
      let line = this.body.rows[at];
      if (!line || line.cells.length !== this.columns.length) {
        line?.remove();
        line = this.body.insertRow(at);
        this.columns.forEach(() => line.insertCell());
      }
      this.columns.forEach((column, i) => {
        const cell = line.cells[i];
        const text = column.text(row);
        if (cell.textContent !== text) cell.textContent = text;
        cell.className = column.bad?.(row) ? "bad" : column.share ? "share" : "";
        if (column.share) {
          cell.style.setProperty("--part", `${largest[i] > 0 ? (100 * column.value(row)) / largest[i] : 0}%`);
        }
      });
    });
  }
}

function order(a, b) {
  if (typeof a === "string") return a.localeCompare(b, "en", { numeric: true });
  return (a ?? -1) - (b ?? -1);
}
