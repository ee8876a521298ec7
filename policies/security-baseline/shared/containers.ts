import { object, objects, type Props } from "../../framework";

export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

/** The containers of a task definition; none where the text is not such a list. */
export function containersOf(props: Props): readonly Props[] {
    const { containerDefinitions } = props;
    if (typeof containerDefinitions !== "string") {
        return objects(containerDefinitions);
    }
    try {
        return objects(JSON.parse(containerDefinitions));
    } catch {
        return [];
    }
}

/** What to call a container in a message. */
export function containerName({ name }: Props, index: number): string {
    return typeof name === "string" ? `container "${name}"` : `container ${index}`;
}

/** Whether the tasks run on Windows, which lacks some of what Linux can confine containers with. */
export function isWindows(props: Props): boolean {
    const { operatingSystemFamily } = object(props.runtimePlatform);
    return typeof operatingSystemFamily === "string" && operatingSystemFamily.startsWith("WINDOWS");
}
