/** What brings programs to where they run: connections, deployments and what a registry has once. */
import { byArn, type ModelTable, named, withId } from "../model";

export const DELIVERY_TABLE: ModelTable = {
    "codeconnections.Connection": byArn("connection/{uuid}", {
        nameLength: 32,
        // Until a person has finished it in the console.
        outputs: { connectionStatus: "PENDING" },
    }),
    "codedeploy.DeploymentConfig": named("deploymentconfig:{name}", {
        nameProperty: "deploymentConfigName",
        nameLength: 100,
        outputs: { deploymentConfigId: "{uuid}" },
    }),
    "codedeploy.DeploymentGroup": withId("{uuid}", "deploymentgroup:{in:appName}/{in:deploymentGroupName}", {
        outputs: { deploymentGroupId: "{id}", computePlatform: "Server" },
    }),
    "ecr.RegistryScanningConfiguration": withId("{account}", undefined, {
        outputs: { registryId: "{account}" },
    }),
};
