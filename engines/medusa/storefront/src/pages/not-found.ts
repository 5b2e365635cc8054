import type { Page } from "../app";
import { missingState } from "../components/states";
import { messages } from "../messages";

export const notFoundPage: Page = async (_app, view) => {
  view.setTitle(messages.notFound.title);
  view.show(missingState(messages.notFound.title, messages.notFound.text));
};
