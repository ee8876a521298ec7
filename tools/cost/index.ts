/** `npm run cost`: what the stacks cost by the month, with no account and no network. */
import "../preview/lightSdk";
import { resolve } from "node:path";
import { previewProject } from "../preview/index";
import { readProject, ProjectError } from "../project/project";
import { endQuietlyWithoutReader } from "../shared/streams";
import { WrongCall } from "../shared/commandLine";
import { main } from "./main";

const OWN_PROJECT = resolve(__dirname, "../..");

if (require.main === module) {
    endQuietlyWithoutReader();
    void main(process.argv.slice(2), {
        stdout: process.stdout,
        stderr: process.stderr,
        env: process.env,
        now: () => new Date(),
        project: (cwd) => {
            try {
                return readProject(cwd === undefined ? OWN_PROJECT : resolve(cwd));
            } catch (error) {
                throw error instanceof ProjectError && cwd !== undefined
                    ? new WrongCall(error.message)
                    : error;
            }
        },
        preview: previewProject,
    }).then(
        (status) => {
            // All is written by now; what a program left running must not keep the command from ending.
            process.exit(status);
        },
        (error: unknown) => {
            process.stderr.write(`error: ${String(error)}\n`);
            process.exit(1);
        },
    );
}
