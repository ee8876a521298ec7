/** Properties as Pulumi's protocols carry them. */
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties } from "../../../tools/preview/types";

/** Properties on the wire. What is undefined is left out. */
export function struct(properties: Properties): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

/** Properties from the wire, with secrets and unknown values marked; none where there are none. */
export function properties(given: Struct | undefined): Properties {
    return given?.toJavaScript() ?? {};
}
