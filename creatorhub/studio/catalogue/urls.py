from django.urls import path

from creatorhub.studio.catalogue.views import (
    editor,
    imports,
    listings,
    open_shop,
    photos,
    posts,
    settings,
)

urlpatterns = [
    path("open/", open_shop.open_shop, name="open_shop"),
    path("welcome/", open_shop.shop_welcome, name="shop_welcome"),
    path("settings/", settings.shop_settings, name="shop_settings"),
    path("products/", listings.products, name="products"),
    path("products/new/", listings.product_new, name="product_new"),
    path("products/photos/", photos.products_from_photos, name="products_from_photos"),
    path("products/photos/prices/", photos.photo_prices, name="photo_prices"),
    path("products/<int:pk>/", editor.product_edit, name="product_edit"),
    path("products/<int:pk>/preview/", listings.product_preview, name="product_preview"),
    path("products/<int:pk>/state/", listings.product_state, name="product_state"),
    path("products/<int:pk>/pictures/", photos.product_pictures, name="product_pictures"),
    path(
        "products/<int:pk>/pictures/<int:picture_pk>/",
        photos.product_picture,
        name="product_picture",
    ),
    path("products/<int:pk>/files/", editor.product_files, name="product_files"),
    path("products/<int:pk>/files/<int:file_pk>/", editor.product_file, name="product_file"),
    path("import/", imports.import_new, name="import_new"),
    path("import/<int:pk>/", imports.import_run, name="import_run"),
    path("import/<int:pk>/rows.csv", imports.import_rows, name="import_rows"),
    path("posts/", posts.posts, name="posts"),
    path("posts/new/", posts.post_new, name="post_new"),
    path("posts/<int:pk>/", posts.post_edit, name="post_edit"),
    path("posts/<int:pk>/delete/", posts.post_delete, name="post_delete"),
]
