import { list, type Props, text } from "../../framework";
import { visit } from "./values";

/** The capacity providers of Fargate. */
export const FARGATE_PROVIDERS: readonly string[] = ["FARGATE", "FARGATE_SPOT"];

/** Whether a task definition is made for Fargate, among others or alone. */
export function isForFargate(props: Props): boolean {
    const kinds: string[] = [];
    visit(props, "requiresCompatibilities[]", (value) => {
        kinds.push(text(value) ?? "");
    });
    return kinds.includes("FARGATE");
}

/** The containers of a task definition; none where the text is not JSON, of which another rule speaks. */
export function containersOf(definitions: unknown): readonly unknown[] {
    try {
        return list(JSON.parse(text(definitions) ?? "[]"));
    } catch (error) {
        if (error instanceof SyntaxError) {
            return [];
        }
        throw error;
    }
}
