import { list, object, resourceRule, text } from "../../framework";
import { isPending } from "../shared/pending";
import { FUNCTION } from "../shared/types";
import { judge } from "../shared/values";
import { keysOf } from "../shared/walk";

const RESERVED = [
    ...["_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"],
    ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"],
    ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"],
    ...["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
    ...["AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"],
];
const MOST_BYTES = 4096;
const MOST_LAYERS = 5;

export const rule = resourceRule({
    id: "lambda-environment",
    severity: "high",
    description:
        "A function's environment has no names of Lambda's own, and 4 KB or less; it has five layers at most.",
    fix: "Rename the variable, and move what is long to SSM parameters.",
    frameworks: { controls: ["F13.10"] },
    types: [FUNCTION],
    check: ({ props }, report) => {
        judge(
            () => {
                const variables = object(object(props.environment).variables);
                const names = keysOf(variables);
                let bytes = 0;
                for (const name of names) {
                    if (RESERVED.includes(name) || !/^[a-zA-Z]\w+$/.test(name)) {
                        report(`has the environment variable ${name}, which Lambda does not take.`);
                    }
                }
                // Values that wait for other resources count once they are there.
                const known = names.filter((name) => !isPending(variables, name, props));
                for (const name of known) {
                    bytes += Buffer.byteLength(name) + Buffer.byteLength(text(variables[name]) ?? "");
                }
                if (bytes > MOST_BYTES) {
                    report(`has environment variables of ${bytes} bytes; allowed: ${MOST_BYTES}.`);
                }
            },
            () => {
                const layers = list(props.layers).length;
                if (layers > MOST_LAYERS) {
                    report(`has ${layers} layers; allowed: ${MOST_LAYERS}.`);
                }
            },
        );
    },
});
