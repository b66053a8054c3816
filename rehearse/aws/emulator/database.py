"""AWS::RDS::DBCluster: the secret that RDS makes for the owner, and the id by which IAM names the cluster."""


def extend(emulator):
    create, name = emulator.TYPES["AWS::RDS::DBCluster"]

    def cluster(properties, logical_name, region, account):
        # RDS picks the default minor version of a major one; moto knows whole versions only.
        version = str(properties.get("EngineVersion", ""))
        if version and "." not in version:
            properties = {**properties, "EngineVersion": f"{version}.7"}
        identifier, attributes = create(properties, logical_name, region, account)
        found = emulator.client("rds", region).describe_db_clusters(DBClusterIdentifier=identifier)["DBClusters"][0]
        attributes["DBClusterResourceId"] = found["DbClusterResourceId"]
        if "MasterUserSecret" in found:
            attributes["MasterUserSecret.SecretArn"] = found["MasterUserSecret"]["SecretArn"]
        return identifier, attributes

    # moto finds a model among the subclasses that exist: one that nothing holds would be collected.
    emulator.database_cluster = emulator.make("AWS::RDS::DBCluster", cluster, name)
