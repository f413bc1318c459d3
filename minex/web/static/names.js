// Names for fields that Datasette's pages tell apart only by where they stand.
const NAMES = [
  ["select[name=_filter_column], select[name^=_filter_column_]", "Column"],
  ["select[name=_filter_op], select[name^=_filter_op_]", "Comparison"],
  ["input[name=_filter_value], input[name^=_filter_value_]", "Value"],
  ["select[name=_sort]", "Sort by"],
  ["textarea[name=sql], .CodeMirror textarea", "SQL"],
];
function name_fields() {
  for (const [selector, name] of NAMES) {
    for (const field of document.querySelectorAll(selector)) field.setAttribute("aria-label", name);
  }
}
name_fields();
// The editor of SQL makes its own field once the page is there.
addEventListener("load", name_fields);
for (const wide of document.querySelectorAll(".table-wrapper:not([tabindex])")) {
  wide.tabIndex = 0;
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", "Rows");
}
// A table's columns are explained where somebody asks for it.
for (const list of document.querySelectorAll("dl.column-descriptions")) {
  const details = document.createElement("details");
  details.className = "columns";
  details.append(Object.assign(document.createElement("summary"), { textContent: "What the columns mean" }));
  list.replaceWith(details);
  details.append(list);
}
