import { type Props, text } from "../../framework";
import { visit } from "./values";

/** Whether a task definition is made for Fargate, among others or alone. */
export function isForFargate(props: Props): boolean {
    const kinds: string[] = [];
    visit(props, "requiresCompatibilities[]", (value) => {
        kinds.push(text(value) ?? "");
    });
    return kinds.includes("FARGATE");
}
