type EditorApi = {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};
declare function acquireVsCodeApi(): EditorApi;

/** What the page asks of the program around it: the editor, or a plain browser in which a test listens. */
export type Host<From, State> = {
  send(message: From): void;
  readonly state: State;
  /** Keeps what must survive a reload of the editor. */
  keep(state: State): void;
};

/**
 * The editor where there is one. In a plain browser, messages are `from-page` events of the window and what comes in are
 * window messages as in the editor.
 */
export function openHost<From, State extends object>(
  first: State,
  receive: (message: never) => void,
): Host<From, State> {
  const api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : browserApi();
  let state: State = { ...first, ...((api.getState() as Partial<State> | null | undefined) ?? {}) };
  window.addEventListener('message', (event) => receive(event.data as never));
  return {
    send: (message) => api.postMessage(message),
    get state() {
      return state;
    },
    keep(next) {
      state = next;
      api.setState(next);
    },
  };
}

function browserApi(): EditorApi {
  return {
    postMessage: (message) =>
      window.dispatchEvent(new CustomEvent('from-page', { detail: message })),
    getState: () => null,
    setState: () => {},
  };
}
