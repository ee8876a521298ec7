import * as v from "valibot";

import { ID_PATTERN } from "../shared/ids";
import { pageSize, text } from "../shared/validation";

const TITLE = text(1, 200);

export const PAGE = v.object({ limit: pageSize(100, 25), cursor: v.optional(text(1, 400)) });

export const NEW_TODO = v.strictObject({ title: TITLE });

export const TODO_UPDATE = v.strictObject({ title: TITLE, done: v.boolean() });

export const TODO_ID = v.object({ todoId: v.pipe(v.string(), v.regex(ID_PATTERN, "must be a to-do's id")) });

/** What a cursor holds: the rest of the key is the caller, who is not to choose it. */
export const PLACE = v.strictObject({ todoId: v.pipe(v.string(), v.regex(ID_PATTERN)) });
