/* Citing a source in the rich text editor: the button, the window, and how a citation looks there.

   A citation is one piece that is put in, opened and taken away as a whole; what it stands on in the
   editor, its key, is not kept. Wagtail gives React, Draft.js and its own window as globals. */

{
  const { React, DraftJS, draftail } = window;
  const WAIT = 200; // milliseconds after a letter before the search

  function search(modal) {
    const form = modal.body[0].querySelector("[data-citation-form]");
    const query = form.querySelector("[data-citation-query]");
    const found = form.querySelector("[data-citation-found]");
    let waiting = 0;
    let asked = 0;
    query.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        asked += 1;
        const mine = asked;
        const chosen = form.querySelector("[name=key]:checked");
        const said = new URLSearchParams({ q: query.value, key: chosen ? chosen.value : "", results: "1" });
        const response = await fetch(`${form.action}?${said}`, { credentials: "same-origin" });
        if (!response.ok) return;
        const { html } = await response.json();
        if (mine === asked) found.innerHTML = html;
      }, WAIT);
    });
    query.focus();
  }

  const STEPS = {
    choose(modal) {
      modal.ajaxifyForm(modal.body.find("[data-citation-form]"));
      search(modal);
    },
    chosen(modal, data) {
      modal.respond("chosen", data.citation);
      modal.close();
    },
  };

  /* A space before it where there is none, so that files read well. */
  function spaced(content, selection) {
    const block = content.getBlockForKey(selection.getStartKey());
    const at = selection.getStartOffset();
    const before = block.getText().charAt(at - 1);
    if (at === 0 || /\s/.test(before)) return [content, selection];
    const collapsed = selection.merge({ anchorOffset: at, focusOffset: at, isBackward: false });
    return [
      DraftJS.Modifier.insertText(content, collapsed, " "),
      selection.merge({
        anchorOffset: selection.getAnchorOffset() + 1,
        focusOffset: selection.getFocusOffset() + 1,
      }),
    ];
  }

  class CitationSource extends draftail.ModalWorkflowSource {
    getChooserConfig(entity) {
      const { key = "", place = "" } = entity ? entity.getData() : {};
      return {
        url: this.props.entityType.chooserUrls.citationChooser,
        urlParams: { key, place },
        onload: STEPS,
        responses: { chosen: (citation) => this.put(citation) },
      };
    }

    filterEntityData({ key, place }) {
      return { key, place };
    }

    put(citation) {
      const { editorState, entity, entityType, onComplete } = this.props;
      let selection = editorState.getSelection();
      let content = editorState.getCurrentContent();
      if (!entity) {
        // After what is marked, not instead of it.
        const end = { key: selection.getEndKey(), offset: selection.getEndOffset() };
        selection = selection.merge({
          anchorKey: end.key,
          anchorOffset: end.offset,
          focusKey: end.key,
          focusOffset: end.offset,
          isBackward: false,
        });
        [content, selection] = spaced(content, selection);
      }
      content = content.createEntity(entityType.type, "IMMUTABLE", this.filterEntityData(citation));
      const key = content.getLastCreatedEntityKey();
      content = DraftJS.Modifier.replaceText(content, selection, citation.key, null, key);
      onComplete(DraftJS.EditorState.push(editorState, content, "insert-characters"));
    }
  }

  const QUOTE = React.createElement(
    "svg",
    { className: "icon icon-openquote", "aria-hidden": "true" },
    React.createElement("use", { href: "#icon-openquote" }),
  );

  function Citation(props) {
    const { key, place } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(
      draftail.TooltipEntity,
      { ...props, icon: QUOTE, label: place || key, url: null },
      React.createElement("span", { className: "citation-mark", "data-key": key }, props.children),
    );
  }

  draftail.registerPlugin(
    { type: "CITATION", source: CitationSource, decorator: Citation },
    "entityTypes",
  );
}
