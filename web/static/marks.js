// Selecting words of the checking copy offers to mark them as a claim.
"use strict";

(() => {
  const points = (text) => [...text].length;

  // Where an end of the selection lies in the article's text, in code points: what stands before
  // it in its piece, each hidden character that is shown by name counted as what it replaces.
  const placeOf = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const piece = element.closest("[data-start]");
    if (!piece) return null;
    const before = document.createRange();
    before.setStart(piece, 0);
    before.setEnd(node, offset);
    const part = before.cloneContents();
    let place = Number(piece.dataset.start);
    for (const hidden of part.querySelectorAll(".hidden-character")) {
      place += Number(hidden.dataset.length);
      hidden.remove();
    }
    return place + points(part.textContent);
  };

  const markBar = document.getElementById("mark-bar");

  const copy = document.querySelector(".copy-text");
  if (!markBar || !copy) return;

  const offerMark = () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const words = selection.toString().trim();
    const isInside = range && copy.contains(range.commonAncestorContainer);
    const start = isInside && words ? placeOf(range.startContainer, range.startOffset) : null;
    const end = start === null ? null : placeOf(range.endContainer, range.endOffset);
    markBar.hidden = end === null || end <= start;
    if (markBar.hidden) return;
    markBar.elements.start.value = start;
    markBar.elements.end.value = end;
    markBar.querySelector(".mark-words").textContent = words;
  };

  document.addEventListener("selectionchange", offerMark);
})();
