/** The check of this project's own stacks, for the preview and for whoever deploys them. */
import { disagreements } from "../../regions/agreement";
import { defaultCatalogue } from "../../regions/catalogue";
import { stackConfigProblems } from "../../regions/config";
import { type ConfigCheck } from "./stacks";

/** The environment that a stack is of: what comes before its last hyphen. */
function environmentOf(stack: string): string {
    return stack.slice(0, Math.max(stack.lastIndexOf("-"), 0));
}

/**
 * Checks each value as the program does, and that the environment's stacks agree.
 *
 * @param project The project's name.
 */
export function projectCheck(project: string): ConfigCheck {
    return (config, others) => {
        const environment = environmentOf(config.stack);
        const members = [config, ...others.filter(({ stack }) => environmentOf(stack) === environment)];
        const own = stackConfigProblems({ project, ...config });
        const wrong = new Set(own.map(({ key }) => key));
        const texts = disagreements(project, members, defaultCatalogue, wrong);
        return [...own, ...texts.map((text) => ({ text }))];
    };
}
