import { ApiError, isAbort, sentenceFor } from "./api/errors";
import { errorState, notReadyState } from "./components/states";
import { messages } from "./messages";

const lookAgainMs = 5000;

/** The part of the page below the header, for one visit of one page. */
export class View {
  readonly abort = new AbortController();
  private readonly cleanUps: (() => void)[] = [];
  /** "Getting ready" is shown and stays, also while the page looks again. */
  private waiting = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly outlet: HTMLElement,
    private readonly storeName: string,
    private focusWanted: boolean,
  ) {}

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get closed(): boolean {
    return this.signal.aborted;
  }

  get wantsFocus(): boolean {
    return this.focusWanted;
  }

  show(...nodes: Node[]): void {
    if (this.closed) return;
    this.outlet.replaceChildren(...nodes);
    this.outlet.removeAttribute("aria-busy");
    this.focusHeading();
  }

  skeleton(node: Node): void {
    if (this.closed) return;
    this.outlet.replaceChildren(node);
    this.outlet.setAttribute("aria-busy", "true");
  }

  setTitle(title: string): void {
    if (this.closed) return;
    const shop = this.storeName || messages.shop;
    document.title = title ? `${title} · ${shop}` : shop;
  }

  /** For subscriptions: ends with the visit. */
  whenClosed(cleanUp: () => void): void {
    if (this.closed) cleanUp();
    else this.cleanUps.push(cleanUp);
  }

  close(): void {
    clearTimeout(this.timer);
    this.abort.abort();
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp();
  }

  /** Loads and draws; a failure gets a face and a way to try again. */
  async run<T>(skeleton: () => Node, load: () => Promise<T>, draw: (data: T) => void | Promise<void>): Promise<void> {
    if (this.closed) return;
    if (!this.waiting) this.skeleton(skeleton());
    try {
      const data = await load();
      this.waiting = false;
      if (!this.closed) await draw(data);
    } catch (error) {
      if (this.closed || isAbort(error)) return;
      this.fail(error, () => this.run(skeleton, load, draw));
    }
  }

  fail(error: unknown, retry: () => Promise<void>): void {
    const again = (): void => {
      this.waiting = false;
      this.focusWanted = true;
      void retry();
    };
    if (error instanceof ApiError && error.kind === "not_ready") {
      if (!this.waiting) {
        this.waiting = true;
        this.setTitle(messages.notReady.title);
        this.show(notReadyState(again));
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void retry(), lookAgainMs);
      return;
    }
    this.waiting = false;
    this.setTitle(messages.errors.title);
    this.show(errorState(sentenceFor(error), again));
  }

  /** After a navigation the new page's heading gets the focus, once. */
  private focusHeading(): void {
    if (!this.focusWanted) return;
    const heading = this.outlet.querySelector("h1");
    if (!heading) return;
    this.focusWanted = false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
