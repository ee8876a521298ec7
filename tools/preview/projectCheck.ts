/** The check of this project's own stacks, for the preview and for whoever deploys them. */
import { disagreements } from "../../regions/agreement";
import { catalogueOf } from "../../regions/catalogue";
import { stackConfigProblems } from "../../regions/config";
import { environmentOf } from "../../regions/stackNames";
import { type ConfigCheck } from "./stacks";

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
        const texts = disagreements(project, members, catalogueOf(environment), wrong);
        return [...own, ...texts.map((text) => ({ text }))];
    };
}
