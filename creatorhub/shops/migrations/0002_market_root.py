"""Oscar's two product classes, and Wagtail's welcome page made the root that shops stand under."""

from django.db import migrations


def make_product_classes(apps, schema_editor):
    product_class = apps.get_model("catalogue", "ProductClass")
    for slug, name, ships in (("goods", "Goods", True), ("download", "Download", False)):
        product_class.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "requires_shipping": ships, "track_stock": ships},
        )


def make_market_root(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    site = apps.get_model("wagtailcore", "Site")
    root = page.objects.get(depth=1)
    page.objects.filter(depth=2, slug="home").update(
        title="Market", draft_title="Market", slug="market", url_path="/market/", live=True
    )
    market = page.objects.get(depth=2, slug="market", path__startswith=root.path)
    site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page_id": market.pk},
    )
    # Wagtail's ready-made groups reach every page there is; here each shop has a group of its own.
    group_page_permission = apps.get_model("wagtailcore", "GroupPagePermission")
    group_page_permission.objects.filter(group__name__in=["Moderators", "Editors"]).delete()
    group_collection = apps.get_model("wagtailcore", "GroupCollectionPermission")
    group_collection.objects.filter(group__name__in=["Moderators", "Editors"]).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("shops", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalogue", "0032_category_exclude_from_menu_category_long_description"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(make_product_classes, migrations.RunPython.noop),
        migrations.RunPython(make_market_root, migrations.RunPython.noop),
    ]
