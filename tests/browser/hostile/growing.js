/* A content that grows and shrinks, has and has a link out; or one that measures itself by its frame. */

H5P = H5P || {};
window.Test = window.Test || {};

Test.Growing = class extends H5P.EventDispatcher {
  constructor(params, id) {
    super();
    this.params = params;
    this.contentId = id;
  }

  attach($container) {
    const container = $container.get(0);
    container.innerHTML = `<p>Växer och krymper</p><button class="more">Mer</button><button class="less">Mindre</button>
      <p><a class="out" href="https://example.invalid/sida">Läs mer</a></p><div class="room"></div>
      <div style="height: ${this.params.own ?? "0"}"></div>`;
    const room = container.querySelector(".room");
    container.querySelector(".more").onclick = () => (room.style.height = "700px");
    container.querySelector(".less").onclick = () => (room.style.height = "0");
  }
};
